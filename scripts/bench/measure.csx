// Two ways to do one thing, timed in turns. Loaded by bench.csx.

/// <summary>A few numbers and few rounds, to show that everything runs; such figures mean nothing.</summary>
record Scale(bool Quick)
{
    public int Rounds(int full) => Quick ? 2 : full;

    public long Size(long full) => Quick ? Math.Max(16, full / 64) : full;
}

static class Measure
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(30);

    public static double Milliseconds(Action action)
    {
        long began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>
    /// Every action once a round, in their order; after rounds that only warm up. Before each, the threads of the one
    /// before go to sleep: libtorch's spin for some milliseconds after its last loop, and would take a processor from
    /// whoever comes next.
    /// </summary>
    public static double[][] InTurns(int rounds, int warmUp, params Action[] actions)
    {
        double[][] times = actions.Select(_ => new double[rounds]).ToArray();
        for (int round = -warmUp; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                System.Threading.Thread.Sleep(Rest);

                // A warming round is overwritten.
                times[i][Math.Max(round, 0)] = Milliseconds(actions[i]);
            }
        }

        return times;
    }

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>The median of paired ratios: what slows both sides of a pair cancels.</summary>
    public static double Ratio(double[] a, double[] b) => Median(a.Zip(b, (x, y) => x / y).ToArray());
}

/// <summary>A Markdown table that is aligned as plain text too.</summary>
static class Table
{
    private static readonly int[] Widths = [34, 12, 11, 11, 8, 9, 0];

    public static void Title(string text) => Console.WriteLine($"\n### {text}\n");

    public static void Head(string what, string kind, string share = "")
    {
        Row(what, kind, "InitDsl", "TorchSharp", "ratio", share, "answers");
        Console.WriteLine($"| {string.Join(" | ", Widths.Select((width, i) => i is >= 2 and <= 5 ? new string('-', width - 1) + ":" : new string('-', Math.Max(width, 7))))} |");
    }

    public static void Times(string what, string kind, double[] ours, double[] theirs, double[]? ceiling, string answers) => Row(
        what, kind, Time(Measure.Median(ours)), Time(Measure.Median(theirs)),
        FormattableString.Invariant($"{Measure.Ratio(theirs, ours):F2}×"),
        ceiling is null ? "" : FormattableString.Invariant($"{100 * Measure.Ratio(ceiling, ours):F0}%"), answers);

    public static void Skipped(string what, string kind, string why) => Row(what, kind, "", "", "", "", $"skipped: {why}");

    private static void Row(params string[] cells) => Console.WriteLine(
        $"| {string.Join(" | ", cells.Select((cell, i) => i is >= 2 and <= 5 ? cell.PadLeft(Widths[i]) : cell.PadRight(Widths[i])))} |");

    private static string Time(double milliseconds) => milliseconds switch
    {
        < 0.1 => FormattableString.Invariant($"{1000 * milliseconds:F2} µs"),
        < 1000 => FormattableString.Invariant($"{milliseconds:F2} ms"),
        _ => FormattableString.Invariant($"{milliseconds / 1000:F2} s"),
    };
}

/// <summary>Whether what was measured gave what it should: ours must, theirs is told of.</summary>
sealed class Answers
{
    public bool OursAreRight { get; private set; } = true;

    public string Say(bool ours, bool theirs)
    {
        OursAreRight &= ours;
        return (ours, theirs) switch
        {
            (false, _) => "InitDsl's are WRONG",
            (true, false) => "TorchSharp's are not its law's",
            _ => "both right",
        };
    }
}

/// <summary>A model of one tensor.</summary>
sealed class OneTensor : Module
{
    public readonly Parameter weight;

    public OneTensor(long[] shape, ScalarType type)
        : base(nameof(OneTensor))
    {
        weight = new Parameter(zeros(shape, dtype: type), requires_grad: true);
        RegisterComponents();
    }
}
