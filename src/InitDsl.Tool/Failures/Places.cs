namespace InitDsl.Tool;

/// <summary>How files are named to the person at the terminal.</summary>
internal static class Places
{
    /// <summary>Relative to the current folder where the file is beneath it, else in full.</summary>
    internal static string Shown(string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            return path;
        }

        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
