SELECT id FROM firm
