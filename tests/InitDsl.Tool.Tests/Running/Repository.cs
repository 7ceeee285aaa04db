using System.Reflection;

namespace InitDsl.Tests.Running;

/// <summary>Where the things lie that the tests run.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, with a separator at its end.</summary>
    internal static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The build output of these tests, which holds the tool and its libraries too.</summary>
    internal static string Output { get; } = AppContext.BaseDirectory;

    internal static string Tool { get; } = Path.Combine(Output, "InitDsl.Tool.dll");

    /// <summary>The fixtures, in their source folder: relative paths are part of what is tested.</summary>
    internal static string Fixtures { get; } = Path.Combine(Root, "tests", "InitDsl.Tool.Tests", "Scripts");

    internal static string Scripts { get; } = Path.Combine(Root, "scripts");

    /// <summary>The folder with libtorch for this platform.</summary>
    internal static string NativeLibraries { get; } =
        Path.GetDirectoryName(Directory.EnumerateFiles(Path.Combine(Output, "runtimes"), "*torch_cpu.*", SearchOption.AllDirectories).Single())!;

    /// <summary>A fixture's path.</summary>
    internal static string Fixture(string name) => Path.Combine(Fixtures, name);
}
