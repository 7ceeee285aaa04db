void Warned() { int unused; }
string? maybe = null;
Console.WriteLine("ran");
