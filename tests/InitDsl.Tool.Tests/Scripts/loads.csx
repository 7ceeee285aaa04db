#load "parts/outer.csx"
Console.WriteLine(Outer());
