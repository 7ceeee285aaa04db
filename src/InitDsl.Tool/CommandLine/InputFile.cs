namespace InitDsl.Tool;

/// <summary>Files of rules and of plans.</summary>
internal static class InputFile
{
    /// <exception cref="WrongUsageException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InitTextException">It is not what it should be.</exception>
    internal static T Read<T>(string path, Func<string, T> load)
    {
        try
        {
            return load(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Says what is wrong with a file: for people on standard error, as JSON on standard output.</summary>
    internal static void Report(InitTextException wrong, bool json)
    {
        if (!json)
        {
            Screen.Errors.Error(wrong.Message);
            return;
        }

        IEnumerable<string> problems = wrong.Problems.Select(problem => FormattableString.Invariant(
            $"{{ \"line\": {problem.Line}, \"column\": {problem.Column}, \"path\": {Json.String(problem.Path)}, \"message\": {Json.String(problem.Message)} }}"));
        Console.WriteLine($"{{ \"file\": {Json.String(wrong.File ?? "")}, \"problems\": [{string.Join(", ", problems)}] }}");
    }
}
