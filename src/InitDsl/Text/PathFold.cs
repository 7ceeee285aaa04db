using System.Globalization;

namespace InitDsl;

/// <summary>
/// Puts the paths of repeated blocks together: <c>h.0.fc.weight</c> … <c>h.11.fc.weight</c> become
/// <c>h.[0-11].fc.weight</c>.
/// </summary>
internal static class PathFold
{
    /// <summary>The path with every number between dots replaced: equal for the same place in repeated blocks.</summary>
    internal static string Skeleton(string path) =>
        string.Join('.', path.Split('.').Select(part => IsIndex(part) ? "#" : part));

    /// <summary>One text for paths of the same skeleton.</summary>
    internal static string Join(IReadOnlyList<string> paths)
    {
        string[][] parts = [.. paths.Select(path => path.Split('.'))];
        return string.Join('.', parts[0].Select((first, at) =>
            IsIndex(first) ? Indices([.. parts.Select(path => path[at]).Distinct()]) : first));
    }

    private static bool IsIndex(string part) => part.Length is > 0 and < 10 && part.All(char.IsAsciiDigit);

    private static string Indices(string[] parts)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        int[] indices = [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture)).Order()];
        return indices[^1] - indices[0] == indices.Length - 1
            ? $"[{indices[0]}-{indices[^1]}]"
            : $"[{string.Join(',', indices)}]";
    }
}
