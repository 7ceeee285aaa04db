namespace InitDsl;

/// <summary>Puts together what is said of many parameters, as tables fold their rows.</summary>
internal static class DiagnosticFold
{
    private const int Examples = 3;

    /// <summary>
    /// The diagnostics in order. Those that say the same of several places become one, which names the first of them;
    /// places that are the same in repeated blocks count as one name: <c>h.[0-11].fc.bias [64], head.bias [10] (13 alike)</c>.
    /// </summary>
    internal static IEnumerable<Diagnostic> Of(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Select(diagnostic => (Diagnostic: diagnostic, Place: PlaceOf(diagnostic)))
        .GroupBy(found => (found.Diagnostic.Code, found.Diagnostic.Severity, found.Diagnostic.Message[found.Place.Length..]))
        .Select(group => Joined(group.First().Diagnostic, [.. group.Select(found => (found.Diagnostic.Path ?? "", found.Place)).Distinct()]));

    private static Diagnostic Joined(Diagnostic first, (string Path, string Place)[] places)
    {
        if (places.Length == 1)
        {
            return first;
        }

        string[] names =
        [
            .. places.GroupBy(place => (PathFold.Skeleton(place.Path), place.Place[place.Path.Length..]))
                .Select(group => PathFold.Join([.. group.Select(place => place.Path)]) + group.Key.Item2),
        ];
        string shown = string.Join(", ", names.Take(Examples)) + (names.Length > Examples ? ", …" : "");
        return first with { Message = $"{shown} ({places.Length} alike){first.Message[places[0].Place.Length..]}" };
    }

    /// <summary>Path, rows and shape, with which messages begin (<see cref="Findings"/>); nothing where one does not.</summary>
    private static string PlaceOf(Diagnostic diagnostic)
    {
        string message = diagnostic.Message;
        if (diagnostic.Path is not { Length: > 0 } path || !message.StartsWith(path, StringComparison.Ordinal))
        {
            return "";
        }

        int[] ends = [.. new[] { " of ", " (", ": " }.Select(end => message.IndexOf(end, path.Length, StringComparison.Ordinal)).Where(end => end >= 0)];
        return ends.Length == 0 ? "" : message[..ends.Min()];
    }
}
