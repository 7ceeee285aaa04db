// A comment.
#r "nuget: Some.Package, 1.0.0"
Console.WriteLine("ran");
