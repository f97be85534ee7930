-- name: a(a1 int?, a2 int?, a3 int?, a4 int?, a5 int?, a6 int?, a7 int?, a8 int?, a9 int?, b1 int?, b2 int?,
--         b3 int?, b4 int?) many
SELECT id FROM firm WHERE id > 0
   AND id <> :a1  --? a1
   AND id <> :a2  --? a2
   AND id <> :a3  --? a3
   AND id <> :a4  --? a4
   AND id <> :a5  --? a5
   AND id <> :a6  --? a6
   AND id <> :a7  --? a7
   AND id <> :a8  --? a8
   AND id <> :a9  --? a9
   AND id <> :b1  --? b1
   AND id <> :b2  --? b2
   AND id <> :b3  --? b3
   AND id <> :b4  --? b4
