return int.Parse(Args[0]);
