Console.WriteLine(string.Join("|", Args));
