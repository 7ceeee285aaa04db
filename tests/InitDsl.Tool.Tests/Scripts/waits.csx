Console.WriteLine("waiting");
System.Threading.Thread.Sleep(60_000);
