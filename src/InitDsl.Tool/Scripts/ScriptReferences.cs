using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace InitDsl.Tool;

/// <summary>The assemblies that scripts see, and what <c>#r</c> adds to them.</summary>
internal sealed class ScriptReferences : MetadataReferenceResolver
{
    private const string NuGet = "nuget:";

    /// <summary>What the tool is made of and scripts are not: to see it would tie them to this tool.</summary>
    private static readonly string[] OfTheTool = ["Microsoft.CodeAnalysis", "Spectre.Console", "System.CommandLine"];

    /// <summary>
    /// Every assembly this process can load, by simple name: the ones the host itself uses, so that a type is the
    /// same type on both sides.
    /// </summary>
    private static readonly ImmutableSortedDictionary<string, PortableExecutableReference> Own =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => !OfTheTool.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal)))
            .DistinctBy(path => Path.GetFileNameWithoutExtension(path))
            .ToImmutableSortedDictionary(
                path => Path.GetFileNameWithoutExtension(path),
                path => MetadataReference.CreateFromFile(path),
                StringComparer.OrdinalIgnoreCase);

    private readonly ScriptMetadataResolver files;

    /// <param name="folder">The script's folder, from which <c>#r</c> looks.</param>
    internal ScriptReferences(string folder) => files = ScriptMetadataResolver.Default.WithBaseDirectory(folder);

    /// <summary>What every script references.</summary>
    internal static IEnumerable<MetadataReference> Default => Own.Values;

    public override bool ResolveMissingAssemblies => true;

    /// <summary>Whether a <c>#r</c> names a package that the tool would have to install.</summary>
    internal static bool IsForeignPackage(string reference) => IsPackage(reference) && !IsOwnPackage(PackageName(reference));

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference,
        string? baseFilePath,
        MetadataReferenceProperties properties)
    {
        // The same script runs under dotnet script, which needs these lines; here they are already true.
        if (IsPackage(reference))
        {
            return IsOwnPackage(PackageName(reference)) ? [Own["InitDsl"]] : [];
        }

        // A second copy of an assembly the tool has would bring a second set of types.
        return Own.TryGetValue(Path.GetFileNameWithoutExtension(reference), out PortableExecutableReference? own)
            ? [own]
            : files.ResolveReference(reference, baseFilePath, properties);
    }

    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition,
        AssemblyIdentity referenceIdentity) =>
        Own.GetValueOrDefault(referenceIdentity.Name) ?? files.ResolveMissingAssembly(definition, referenceIdentity);

    public override bool Equals(object? other) => other is ScriptReferences references && references.files.Equals(files);

    public override int GetHashCode() => files.GetHashCode();

    private static bool IsPackage(string reference) => reference.StartsWith(NuGet, StringComparison.OrdinalIgnoreCase);

    private static string PackageName(string reference) => reference[NuGet.Length..].Split(',', '/')[0].Trim();

    /// <summary>TorchSharp-cpu, TorchSharp-cuda-linux, libtorch-cpu-linux-x64 and the like bring the native half.</summary>
    private static bool IsOwnPackage(string name) =>
        Own.ContainsKey(name)
        || name.StartsWith("TorchSharp-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("libtorch-", StringComparison.OrdinalIgnoreCase);
}
