using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace InitDsl.Tool;

/// <summary>A script as it was found on disk.</summary>
internal sealed record ScriptFile(string Path, SourceText Text)
{
    internal const string Extension = ".csx";

    /// <summary>Where <c>#load</c> and <c>#r</c> begin to look.</summary>
    internal string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <exception cref="WrongUsageException">There is no such script, or it cannot be read.</exception>
    internal static ScriptFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new WrongUsageException($"{path} is a folder: give a script, a file whose name ends in {Extension}.");
        }

        if (!File.Exists(path))
        {
            throw new WrongUsageException($"There is no script {path}.{Instead(path)}");
        }

        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new WrongUsageException($"{path} is not a C# script: its name must end in {Extension}.");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            return new(System.IO.Path.GetFullPath(path), SourceText.From(stream, Encoding.UTF8, canBeEmbedded: true));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongUsageException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static string Instead(string path) =>
        File.Exists(path + Extension) ? $" Did you mean {path}{Extension}?" : "";
}
