namespace InitDsl;

/// <summary>How many numbered modules stand beside each other, by the paths of a model's parameters.</summary>
/// <param name="modulePaths">The paths of the modules that hold parameters.</param>
internal sealed class BlockCounts(IEnumerable<string> modulePaths)
{
    private readonly Lazy<Dictionary<string, HashSet<string>>> numbers = new(() => Count(modulePaths));

    internal static bool IsNumber(ReadOnlySpan<char> name) => name.Length is > 0 and < 10 && !name.ContainsAnyExceptInRange('0', '9');

    /// <summary>How many numbers follow a path, which is empty or ends with a dot.</summary>
    internal int Beside(string before) => numbers.Value[before].Count;

    private static Dictionary<string, HashSet<string>> Count(IEnumerable<string> paths)
    {
        var numbers = new Dictionary<string, HashSet<string>>();
        foreach (string path in paths.Distinct())
        {
            int start = 0;
            while (start < path.Length)
            {
                int dot = path.IndexOf('.', start);
                int end = dot < 0 ? path.Length : dot;
                if (IsNumber(path.AsSpan(start, end - start)))
                {
                    string before = path[..start];
                    (numbers.TryGetValue(before, out HashSet<string>? known) ? known : numbers[before] = []).Add(path[start..end]);
                }

                start = end + 1;
            }
        }

        return numbers;
    }
}
