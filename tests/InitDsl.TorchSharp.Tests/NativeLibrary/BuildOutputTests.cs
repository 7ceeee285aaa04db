using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace InitDsl.Tests.NativeLibrary;

/// <summary>What the build put beside this very test.</summary>
public class BuildOutputTests
{
    private const string Wanted = "GLIBCXX_3.4.32";

    private static readonly string Copy = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    [Fact]
    public void TorchSharp_loads()
    {
        using var ones = torch.ones(2, 2);
        using var sum = ones.sum();
        Assert.Equal(4f, sum.item<float>());
    }

    [Fact]
    public void The_copy_asks_for_no_more_than_this_machine_has()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The symbol version is a matter of Linux.");
        byte[] library = File.ReadAllBytes(Copy);
        bool provided = SystemLibrary.Provides(Wanted, SymbolVersions.Machine(library));

        Assert.True(provided || !SymbolVersions.Demands(library, Wanted));
    }

    [Fact]
    public void The_package_keeps_its_original()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The symbol version is a matter of Linux.");
        string version = FileVersionInfo.GetVersionInfo(typeof(torch).Assembly.Location).ProductVersion!.Split('+')[0];
        string original = Path.Combine(Packages(), "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        byte[] cached = File.ReadAllBytes(original);
        Assert.True(SymbolVersions.Demands(cached, Wanted), "the library in the package cache has been changed");

        byte[] mended = [.. cached];
        SymbolVersions.MakeOptional(mended, Wanted);
        byte[] copy = File.ReadAllBytes(Copy);
        Assert.Equal(SystemLibrary.Provides(Wanted, SymbolVersions.Machine(cached)) ? cached : mended, copy);
    }

    [Fact]
    public void Libtorch_is_linked_and_not_copied_for_every_program()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "Looks at the Linux files.");
        string version = Directory.GetDirectories(Path.Combine(Packages(), "libtorch-cpu-linux-x64")).Single();
        string cached = Path.Combine(version, "runtimes", "linux-x64", "native", "libtorch_cpu.so");
        string here = Path.Combine(Path.GetDirectoryName(Copy)!, "libtorch_cpu.so");
        Assert.True(
            new FileInfo(here).ResolveLinkTarget(returnFinalTarget: true)?.FullName == cached || Inode(here) == Inode(cached),
            $"{here} is a copy of {cached}");
    }

    private static string Inode(string file)
    {
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%d:%i", file]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd().Trim();
    }

    [Fact]
    public void Libtorch_is_beside_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "Looks at the Linux files.");
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Copy)!, "libtorch_cpu.so")));
    }

    private static string Packages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
