using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace InitDsl.Tool;

/// <summary>
/// Says in one sentence why TorchSharp's native library cannot be loaded. TorchSharp itself answers with a page of
/// text, half a gigabyte copied into the folder of the tool, and an exception from a static constructor that does
/// not say what the loader said.
/// </summary>
internal static partial class NativeLibraryFailure
{
    private const string Library = "LibTorchSharp";
    private const string Cannot = "TorchSharp cannot start because";

    /// <summary>Ends the process with a sentence as soon as the runtime has looked for the library in vain.</summary>
    internal static void EndProcessWhenFound() =>
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
        {
            if (name == Library)
            {
                Screen.Errors.Error(Sentence());
                // An exception would not help: TorchSharp catches it, and goes on to its copying.
                Environment.Exit(ExitCodes.Failed);
            }

            return 0;
        };

    private static string Sentence()
    {
        string file = OperatingSystem.IsWindows() ? $"{Library}.dll" : OperatingSystem.IsMacOS() ? $"lib{Library}.dylib" : $"lib{Library}.so";
        string? path = Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return $"{Cannot} {file} for {RuntimeInformation.RuntimeIdentifier} is not in {AppContext.BaseDirectory}: "
                + "build or install initdsl again, on a platform that TorchSharp supports.";
        }

        string loader = LoaderMessage(path);
        if (MissingSymbolVersion().Match(loader) is { Success: true } version)
        {
            return $"{Cannot} {file} asks for {version.Value}, which is newer than what this system has: build initdsl "
                + "from its sources on this system (the build mends its copy of the library), or use Debian 13, Ubuntu 24.04 or later.";
        }

        return MissingLibTorch().Match(loader) is { Success: true } missing
            ? $"{Cannot} libtorch is incomplete ({missing.Value} is not found): add the folder of its libraries, which the packages "
              + $"of TorchSharp-cpu {TorchSharpVersion()} bring, to {SearchPath()}, or run initdsl from its sources, whose build brings them."
            : $"{Cannot} the system refuses {file}: {loader.TrimEnd('.')}.";
    }

    /// <summary>Where the runtime looks for native libraries of the tool's packages.</summary>
    private static IEnumerable<string> Folders() =>
        ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory);

    /// <summary>What the system's loader says of the file, in one line.</summary>
    private static string LoaderMessage(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return "it can be loaded now, and could not be a moment ago";
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            string[] lines = refused.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            // The first line is the runtime's general advice; below it the loader speaks.
            return lines.FirstOrDefault(line => line.Contains(": ", StringComparison.Ordinal) && line.StartsWith('/')) ?? lines[^1];
        }
    }

    private static string SearchPath() =>
        OperatingSystem.IsWindows() ? "PATH" : OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";

    private static string TorchSharpVersion() => typeof(global::TorchSharp.torch).Assembly.GetName().Version!.ToString(3);

    [GeneratedRegex(@"\bGLIBC(XX)?_[0-9.]*[0-9]")]
    private static partial Regex MissingSymbolVersion();

    [GeneratedRegex(@"\blib(torch|c10|gomp)[\w-]*\.(so|dylib)[.\d]*(?=:)")]
    private static partial Regex MissingLibTorch();
}
