namespace InitDsl;

/// <summary>Puts together what is said of each of many repeated blocks, as tables fold their rows.</summary>
internal static class DiagnosticFold
{
    /// <summary>The diagnostics in order; equal ones about the same place in repeated blocks become one.</summary>
    internal static IEnumerable<Diagnostic> Of(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.GroupBy(Key).Select(group =>
        {
            Diagnostic first = group.First();
            string[] paths = [.. group.Select(diagnostic => diagnostic.Path ?? "").Distinct()];
            return paths.Length == 1
                ? first
                : first with { Message = $"{PathFold.Join(paths)} ({paths.Length} alike){first.Message[first.Path!.Length..]}" };
        });

    private static (string, Severity, string) Key(Diagnostic diagnostic) =>
        diagnostic.Path is { Length: > 0 } path && diagnostic.Message.StartsWith(path, StringComparison.Ordinal)
            ? (diagnostic.Code, diagnostic.Severity, PathFold.Skeleton(path) + diagnostic.Message[path.Length..])
            : (diagnostic.Code, diagnostic.Severity, diagnostic.Message);
}
