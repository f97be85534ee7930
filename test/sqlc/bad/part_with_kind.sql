-- part: a() many
AND 1 = 1
