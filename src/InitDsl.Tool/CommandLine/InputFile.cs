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
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WrongUsageException($"There is no file {path}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
