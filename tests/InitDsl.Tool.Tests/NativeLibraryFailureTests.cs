using System.Text;
using InitDsl.Tests.Running;

namespace InitDsl.Tests;

/// <summary>A native library that does not load is explained in one sentence, and TorchSharp's own page is not shown.</summary>
public class NativeLibraryFailureTests
{
    private static readonly string Library =
        OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";

    [Fact]
    public async Task Where_it_is_missing()
    {
        using var folder = new TemporaryFolder();
        CopyTool(folder);
        await Explains(folder, $"TorchSharp cannot start because {Library} for ");
    }

    [Fact]
    public async Task Where_libtorch_is_missing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Each system's loader has its own words.");
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Repository.NativeLibraries, Library), Path.Combine(CopyTool(folder), Library));
        await Explains(folder, "TorchSharp cannot start because libtorch is incomplete (libtorch");
    }

    [Fact]
    public async Task Where_it_is_damaged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Each system's loader has its own words.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(CopyTool(folder), Library), "not a library", TestContext.Current.CancellationToken);
        await Explains(folder, "TorchSharp cannot start because the system refuses ");
    }

    [Fact]
    public async Task Where_the_systems_runtime_is_older_than_it_asks_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only ELF libraries ask for symbol versions.");
        using var folder = new TemporaryFolder();
        string native = CopyTool(folder);
        foreach (string file in Directory.EnumerateFiles(Repository.NativeLibraries).Where(file => Path.GetFileName(file) != Library))
        {
            File.CreateSymbolicLink(Path.Combine(native, Path.GetFileName(file)), file);
        }

        // A version that no system has yet, in place of one that the library cannot do without.
        byte[] library = await File.ReadAllBytesAsync(Path.Combine(Repository.NativeLibraries, Library), TestContext.Current.CancellationToken);
        int name = library.AsSpan().IndexOf("\0GLIBCXX_3.4.21\0"u8);
        Assert.True(name > 0, "The library no longer asks for GLIBCXX_3.4.21: take another for this test.");
        Encoding.ASCII.GetBytes("GLIBCXX_9.4.21").CopyTo(library, name + 1);
        await File.WriteAllBytesAsync(Path.Combine(native, Library), library, TestContext.Current.CancellationToken);
        await Explains(folder, $"TorchSharp cannot start because {Library} asks for GLIBCXX_9.4.21, which is newer than what this system has");
    }

    private static async Task Explains(TemporaryFolder tool, string sentence)
    {
        Ran ran = await ChildProcess.Start([Path.Combine(tool.Path, "InitDsl.Tool.dll"), "run", Repository.Fixture("tensor.csx")]).Finish();
        Assert.True(ran.ExitCode == 1 && ran.Output == "", ran.ToString());
        Assert.StartsWith("error: " + sentence, ran.Errors, StringComparison.Ordinal);
        Assert.Single(ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(Directory.Exists(Path.Combine(tool.Path, "cpu")), "TorchSharp went on to copy libtorch from the package cache.");
    }

    /// <summary>Copies the managed half of the tool.</summary>
    /// <returns>The folder where the native half belongs, which is empty.</returns>
    private static string CopyTool(TemporaryFolder folder)
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Output).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        string native = Path.Combine(folder.Path, Path.GetRelativePath(Repository.Output, Repository.NativeLibraries));
        Directory.CreateDirectory(native);
        return native;
    }
}
