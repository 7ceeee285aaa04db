// Files are found from the current folder, as in any program; the script's own folder is asked for by name.
static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
Console.WriteLine(File.ReadAllText(Path.Combine(Here(), "data", "numbers.csv")).Trim());
Console.WriteLine(File.Exists("reads.csx"));
