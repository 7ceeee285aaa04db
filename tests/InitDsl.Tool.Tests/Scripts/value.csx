"a value" + 1
