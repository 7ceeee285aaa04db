using System.Globalization;

namespace InitDsl;

/// <summary>
/// Puts the paths of repeated blocks together: <c>h.0.fc.weight</c> … <c>h.11.fc.weight</c> become
/// <c>h.[0-11].fc.weight</c>.
/// </summary>
internal static class PathFold
{
    private const int MostAlternatives = 4;
    private const int Examples = 6;

    /// <summary>The path with every number between dots replaced: equal for the same place in repeated blocks.</summary>
    internal static string Skeleton(string path) =>
        string.Join('.', path.Split('.').Select(part => IsIndex(part) ? "#" : part));

    /// <summary>
    /// One text for paths of the same skeleton. Where the numbers do not occur in every combination it says in which, as long
    /// as that is short: <c>stages.{[0,1,3].[0-2],2.[0-8]}.norm</c>.
    /// </summary>
    internal static string Join(IReadOnlyList<string> paths) =>
        string.Join('.', Join([.. paths.Distinct().Select(path => path.Split('.'))]));

    /// <summary>The first of these parameters, those of repeated blocks as one.</summary>
    internal static string Some(IReadOnlyList<ParamSpec> parameters)
    {
        string[] places = [.. parameters.GroupBy(spec => Skeleton(spec.Path), spec => spec.Path).Select(alike => Join([.. alike]))];
        return string.Join(", ", places.Take(Examples)) + (places.Length > Examples ? ", …" : "");
    }

    private static IEnumerable<string> Join(string[][] paths)
    {
        string[][] values = [.. Enumerable.Range(0, paths[0].Length).Select(at => paths.Select(path => path[at]).Distinct().ToArray())];
        int first = Array.FindIndex(values, value => value.Length > 1), last = Array.FindLastIndex(values, value => value.Length > 1);
        if (first < last && paths.Length < values.Aggregate(1L, (product, value) => product * value.Length))
        {
            string[] alternatives =
            [
                .. paths.GroupBy(path => path[first], path => path[(first + 1)..(last + 1)])
                    .GroupBy(rest => string.Join('.', Join([.. rest])), rest => rest.Key)
                    .Select(alike => $"{Indices([.. alike])}.{alike.Key}"),
            ];
            if (alternatives.Length <= MostAlternatives)
            {
                return [.. paths[0][..first], $"{{{string.Join(',', alternatives)}}}", .. paths[0][(last + 1)..]];
            }
        }

        return values.Select(value => value.All(IsIndex) ? Indices(value) : value[0]);
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
