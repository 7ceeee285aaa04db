namespace InitDsl.Tool;

/// <summary>What a script need not write <c>using</c> for: a namespace, or a class whose static members are meant.</summary>
internal static class ScriptImports
{
    internal static IReadOnlyList<string> All { get; } =
    [
        "System",
        "System.Collections.Generic",
        "System.Diagnostics",
        "System.Globalization",
        "System.IO",
        "System.Linq",
        "System.Text",
        "System.Threading.Tasks",
        "InitDsl",
        "InitDsl.Dsl",
        "TorchSharp",
        "TorchSharp.Modules",
        "TorchSharp.torch",
        "TorchSharp.torch.nn",
    ];
}
