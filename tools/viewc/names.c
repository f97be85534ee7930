/* The names of HTML and SVG this compiler knows. What is not listed gets no expression. Names match without case. */
#include <strings.h>

#include "viewc.h"

static bool listed(struct str name, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == name.n && strncasecmp(*list, name.p, name.n) == 0)
            return true;
    return false;
}

static bool starts(struct str name, const char *prefix)
{
    size_t n = strlen(prefix);
    return name.n >= n && strncasecmp(name.p, prefix, n) == 0;
}

static const char *const never[] = {"style",   "srcdoc",     "http-equiv", "xlink:href", "hx-vals",
                                    "hx-vars", "hx-headers", "ping",       NULL};

/* Attributes whose value is plain text that neither runs, loads nor styles anything. */
static const char *const text_attrs[] = {
    "abbr", "alt", "autocomplete", "autofocus", "checked", "class", "cols", "colspan", "content", "datetime", "dir",
    "disabled", "download", "enterkeyhint", "for", "form", "headers", "height", "hidden", "high", "hreflang", "id",
    "inputmode", "kind", "label", "lang", "list", "loading", "low", "max", "maxlength", "min", "minlength", "multiple",
    "name", "nonce", "novalidate", "open", "optimum", "pattern", "placeholder", "popovertarget", "readonly", "required",
    "role", "rows", "rowspan", "scope", "selected", "size", "span", "spellcheck", "start", "step", "tabindex", "title",
    "translate", "type", "value", "width", "hx-confirm", "hx-indicator", "hx-select", "hx-swap", "hx-swap-oob",
    "hx-target",
    /* SVG: numbers and lists of numbers; no paint, filter, mask or marker, which may name a resource */
    "cx", "cy", "d", "dx", "dy", "font-size", "gradientTransform", "offset", "opacity", "pathLength", "points", "r",
    "rotate", "rx", "ry", "stroke-dasharray", "stroke-dashoffset", "stroke-width", "text-anchor", "textLength",
    "transform", "viewBox", "x", "x1", "x2", "y", "y1", "y2", NULL};

static const char *const url_attrs[] = {"href", "src", "cite", "poster", NULL};

static const char *const own_attrs[] = {"action",   "formaction", "hx-get",      "hx-post",        "hx-put",
                                        "hx-patch", "hx-delete",  "hx-push-url", "hx-replace-url", NULL};

static const char *const voids[] = {"area", "br",    "col",    "hr",    "img", "input", "link",
                                    "meta", "param", "source", "track", "wbr", NULL};

static const char *const refused[] = {
    "base",          "object",           "embed",    "applet",        "param",    "frame",     "frameset", "animate",
    "animateMotion", "animateTransform", "set",      "foreignObject", "template", "plaintext", "xmp",      "listing",
    "noembed",       "noframes",         "noscript", "marquee",       "math",     "portal",    NULL};

bool element_is_void(struct str name)
{
    return listed(name, voids);
}

bool element_is_refused(struct str name)
{
    return listed(name, refused);
}

static enum attr_kind url_kind(struct str tag)
{
    static const char *const open[] = {"a",     "area", "img",        "image", "audio", "video", "source",
                                       "track", "q",    "blockquote", "ins",   "del",   "input", NULL};
    static const char *const whole[] = {"script", "link", "iframe", NULL};
    if (listed(tag, whole))
        return ATTR_URL_WHOLE;
    return listed(tag, open) ? ATTR_URL : ATTR_URL_OWN;
}

enum attr_kind attr_kind(struct str tag, struct str name)
{
    static const char *const script[] = {"script", NULL};
    static const char *const nonce[] = {"nonce", "id", NULL};
    if (listed(name, never) || starts(name, "on") || starts(name, "hx-on"))
        return ATTR_NEVER;
    if (listed(name, url_attrs))
        return url_kind(tag);
    if (listed(name, own_attrs))
        return ATTR_URL_OWN;
    if (listed(tag, script) && !listed(name, nonce) && !starts(name, "data-"))
        return ATTR_LITERAL;
    if (starts(name, "data-hx-") || starts(name, "data-on"))
        return ATTR_NEVER;
    if (listed(name, text_attrs) || starts(name, "data-") || starts(name, "aria-"))
        return ATTR_TEXT;
    return ATTR_LITERAL;
}

/* Anything else inside <svg> would end it in a browser. */
bool element_is_svg(struct str name)
{
    static const char *const svg[] = {"svg",
                                      "g",
                                      "path",
                                      "rect",
                                      "circle",
                                      "ellipse",
                                      "line",
                                      "polyline",
                                      "polygon",
                                      "text",
                                      "tspan",
                                      "textPath",
                                      "use",
                                      "symbol",
                                      "defs",
                                      "title",
                                      "desc",
                                      "linearGradient",
                                      "radialGradient",
                                      "stop",
                                      "clipPath",
                                      "mask",
                                      "pattern",
                                      "marker",
                                      "a",
                                      "image",
                                      NULL};
    return listed(name, svg);
}
