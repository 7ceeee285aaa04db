using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace InitDsl.Tests.Documentation;

/// <summary>The blocks of the adapter's page, and its scripts, compile, run and print what the page says.</summary>
public class PageTests
{
    private static readonly string Root = typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(path)))
        .WithImports("System", "System.Linq", "InitDsl", "InitDsl.Dsl", "DiffSharp", "DiffSharp.Model");

    public static TheoryData<int> CSharpBlocks() => [.. Blocks("csharp").Select(block => block.Line)];

    [Theory]
    [MemberData(nameof(CSharpBlocks))]
    public async Task CSharp_block_at_line_runs(int line)
    {
        MarkdownBlock block = Blocks("csharp").Single(block => block.Line == line);
        string printed = await Run(block.Code);
        if (block.Output is { } promised)
        {
            Assert.Equal(Plain(promised), Plain(printed));
        }
    }

    [Fact]
    public async Task The_FSharp_block_runs()
    {
        string references = string.Concat(
            new[] { "DiffSharp.Core.dll", "DiffSharp.Backends.Reference.dll", "InitDsl.dll", "InitDsl.DiffSharp.dll" }.Select(name => $"#r \"{name}\"\n"));
        MarkdownBlock block = Assert.Single(Blocks("fsharp"));
        Assert.Equal(Plain(block.Output!), Plain(await Fsi($"#I @\"{AppContext.BaseDirectory}\"\n{references}{block.Code}")));
    }

    [Fact]
    public async Task The_classifier_learns()
    {
        string printed = await Run(await Script("classifier.cs"));
        Assert.Contains("first.weight", printed, StringComparison.Ordinal);
        Assert.Contains("after 40 steps", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_benchmark_measures()
    {
        const string Rounds = "const int Rounds = 9;";
        string script = await Script("bench.cs");
        Assert.Contains(Rounds, script, StringComparison.Ordinal);
        string printed = await Run(script.Replace(Rounds, "const int Rounds = 1;", StringComparison.Ordinal));
        Assert.Equal(5, Plain(printed).Split('\n').Count(line => line.StartsWith('|')));
    }

    [Fact]
    public async Task The_autoencoder_learns()
    {
        const string Output = "../../tests/InitDsl.DiffSharp.Tests/bin/Debug/net10.0";
        string script = await File.ReadAllTextAsync(Path.Combine(Root, "scripts/diffsharp/vae.fsx"), TestContext.Current.CancellationToken);
        Assert.Contains(Output, script, StringComparison.Ordinal);

        // The output of these tests, whatever their configuration.
        string printed = await Fsi(script.Replace($"\"{Output}\"", $"@\"{AppContext.BaseDirectory}\"", StringComparison.Ordinal));
        Assert.Contains("after 40 steps", printed, StringComparison.Ordinal);
    }

    /// <summary>A script without the first lines, which are for <c>dotnet run</c>: what they name is here already.</summary>
    private static async Task<string> Script(string name) => string.Join('\n', (await File.ReadAllLinesAsync(
        Path.Combine(Root, "scripts/diffsharp", name), TestContext.Current.CancellationToken)).Where(line => !line.StartsWith("#:", StringComparison.Ordinal)));

    private static async Task<string> Run(string code)
    {
        TextWriter console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            await CSharpScript.RunAsync(code, Options, cancellationToken: TestContext.Current.CancellationToken);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString();
    }

    private static async Task<string> Fsi(string code)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("initdsl-");
        string script = Path.Combine(folder.FullName, "script.fsx");
        await File.WriteAllTextAsync(script, code, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["fsi", "--quiet", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
        return await output;
    }

    private static string Plain(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');

    private static IEnumerable<MarkdownBlock> Blocks(string language) =>
        MarkdownBlock.Of(File.ReadAllText(Path.Combine(Root, "src/InitDsl.DiffSharp/README.md"))).Where(block => block.Language == language);
}
