using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;

namespace InitDsl.Tests.Packages;

/// <summary>
/// A user's empty project that references only the packed packages, and xunit v3, xunit v2 or no test framework, has its own
/// initializer checked. The packages are packed from a copy of the sources; third-party ones come from the machine's cache, as a
/// fallback folder, and its feeds. The three projects share a folder for what their restores unpack.
/// </summary>
public sealed class PackedPackagesTests : IDisposable
{
    private static readonly string Root = typeof(PackedPackagesTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    // Never a version that the cache may hold from elsewhere.
    private readonly string version = $"0.1.0-test.{Environment.ProcessId}";
    private readonly string folder = Directory.CreateTempSubdirectory("initdsl-packed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Users_projects_check_their_initializers_in_three_lines()
    {
        string sources = Path.Combine(folder, "sources");
        string feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        CopySources(sources);
        string[] options = ["-o", feed, "-c", "Debug", "-p:RunAnalyzers=false", $"-p:Version={version}"];
        Run(sources, ["pack", "src/InitDsl.FsCheck", .. options]);

        // The first has built them.
        Run(sources, ["pack", "src/InitDsl", "--no-build", .. options]);
        Run(sources, ["pack", "src/InitDsl.TorchSharp", "--no-build", .. options]);

        string[] packages = Directory.GetFiles(feed, "*.nupkg");
        Assert.Equal(3, packages.Length);
        Assert.All(packages, package =>
        {
            using ZipArchive content = ZipFile.OpenRead(package);
            string name = Path.GetFileName(package).Split($".{version}")[0];
            using var readme = new StreamReader(content.GetEntry("README.md")!.Open());
            Assert.Equal($"# {name}", readme.ReadLine());
        });

        string user = Directory.CreateDirectory(Path.Combine(folder, "user")).FullName;
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(user, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{feed}" /></packageSources>
              <fallbackPackageFolders><add key="cache" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);
        string v3 = UserProject("v3", """<PackageReference Include="xunit.v3" Version="4.0.2" />""", "InitTests.cs", Tests);
        (int code, string output) = Run(v3, fails: true, "run");
        Assert.True(code != 0 && output.Contains("Total: 2, Errors: 0, Failed: 1", StringComparison.Ordinal), output);
        Assert.Contains("InitTests.Broken [FAIL]", output, StringComparison.Ordinal);
        Assert.Contains("again: var first = full([240, 200], float.NaN); manual_seed(20200613); fill(first);", output, StringComparison.Ordinal);

        string none = UserProject("none", "", "Program.cs", """
            using InitDsl;
            using static InitDsl.Dsl;

            Console.WriteLine(InitLaws.Check(From(p => Normal(std: 0.5 / Math.Sqrt(p.FanIn)))).Passed);
            InitLaws.CheckFill(t => t.fill_(0.02), Normal(std: 0.02));
            """);
        (code, output) = Run(none, fails: true, "run");
        Assert.True(code != 0 && output.Contains("True", StringComparison.Ordinal), output);
        Assert.Contains("InitDsl.InitLawException", output, StringComparison.Ordinal);
        Assert.Contains("again: var first = full([240, 200], float.NaN); manual_seed(20200613); fill(first);", output, StringComparison.Ordinal);

        string v2 = UserProject(
            "v2",
            """
            <PackageReference Include="xunit" Version="2.9.3" />
            <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
            <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
            """,
            "InitTests.cs",
            Tests);
        (code, output) = Run(v2, fails: true, "test");
        Assert.True(code != 0 && output.Contains("Failed:     1, Passed:     1", StringComparison.Ordinal), output);
        Assert.Contains("again: var first = full([240, 200], float.NaN); manual_seed(20200613); fill(first);", output, StringComparison.Ordinal);
    }

    private const string Tests = """
        using InitDsl;
        using static InitDsl.Dsl;

        public class InitTests
        {
            [Xunit.Fact]
            public void Mine() => InitLaws.Check(From(p => Normal(std: 0.5 / Math.Sqrt(p.FanIn))));

            [Xunit.Fact]
            public void Broken() => InitLaws.CheckFill(t => t.fill_(0.02), Normal(std: 0.02));
        }
        """;

    private string UserProject(string name, string framework, string file, string code)
    {
        string project = Directory.CreateDirectory(Path.Combine(folder, "user", name)).FullName;
        File.WriteAllText(Path.Combine(project, "User.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>true</CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>
                <CreateSymbolicLinksForCopyFilesToOutputDirectoryIfPossible>true</CreateSymbolicLinksForCopyFilesToOutputDirectoryIfPossible>
              </PropertyGroup>
              <ItemGroup>
                {framework}
                <PackageReference Include="InitDsl.FsCheck" Version="{version}" />
                <PackageReference Include="libtorch-cpu-{Platform}" Version="2.10.0" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, file), code);
        return project;
    }

    private static string Platform =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>What a clone has, without build outputs: packing must not disturb a build that goes on beside it.</summary>
    private static void CopySources(string target)
    {
        string[] parts = ["src", ".config", "paket-files", "Directory.Build.props", "Directory.Build.targets", "global.json", "paket.dependencies", "paket.lock", "LICENSE", "README.md"];
        foreach (string part in parts)
        {
            string from = Path.Combine(Root, part);
            IEnumerable<string> files = File.Exists(from)
                ? [from]
                : Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories);
            foreach (string file in files)
            {
                string relative = Path.GetRelativePath(Root, file);
                if (relative.Split(Path.DirectorySeparatorChar) is { } names && (names.Contains("bin") || names.Contains("obj")))
                {
                    continue;
                }

                string to = Path.Combine(target, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        }
    }

    /// <summary>A command that must go well, and say nothing of what a package lacks.</summary>
    private void Run(string where, params string[] args)
    {
        string output = Run(where, fails: false, args).Output;
        Assert.DoesNotMatch("NU5[0-9]{3}|missing a readme", output);
    }

    private (int Code, string Output) Run(string where, bool fails, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", args)
        {
            WorkingDirectory = where,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (fails)
        {
            start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "packages");
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Assert.True(fails || process.ExitCode == 0, $"dotnet {string.Join(' ', args)}: {output}");
        return (process.ExitCode, output);
    }
}
