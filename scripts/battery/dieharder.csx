// Robert G. Brown's dieharder, fed through its standard input. Loaded by battery.csx after streams.csx.

using System.Threading;

/// <summary>One p-value.</summary>
record Outcome(string Stream, string Test, int Ntuple, double P, string Assessment)
{
    public bool Failed => Assessment == "FAILED";

    public bool Weak => Assessment == "WEAK";
}

static class Dieharder
{
    /// <summary>
    /// What is run unless everything is asked for: each of dieharder's kinds of test that its author holds to be good,
    /// at its own sizes. Left out: OPSO, OQSO, DNA ("suspect") and sums ("do not use"); the generalised forms are run
    /// at some of their sizes (n), since a lagged sum at all 33 lags takes longer than all the rest together.
    /// </summary>
    public static readonly string[] Chosen =
    [
        "-d 0", "-d 1", "-d 2", "-d 3", "-d 4", "-d 8", "-d 9", "-d 10", "-d 11", "-d 12", "-d 13", "-d 15", "-d 16",
        "-d 100", "-d 101", "-d 102", "-d 200 -n 2", "-d 200 -n 6", "-d 201 -n 2", "-d 202 -n 4", "-d 203 -n 0", "-d 203 -n 3",
        "-d 205", "-d 206", "-d 207", "-d 208", "-d 209",
    ];

    /// <summary>For a look at whether the battery works.</summary>
    public static readonly string[] Quick = ["-d 4", "-d 8", "-d 15", "-d 101", "-d 205"];

    public static readonly string[] Everything = ["-a"];

    public static string Version()
    {
        string said = Run("-h", null).Output;
        int at = said.IndexOf("version ", StringComparison.Ordinal);
        return at < 0 ? "of an unknown version" : said[(at + 8)..].Split(' ', 2)[0];
    }

    /// <summary>Runs one test, or with <c>-a</c> all, on what comes next of a stream.</summary>
    public static IReadOnlyList<Outcome> Test(string stream, IEnumerator<byte[]> bytes, string test)
    {
        const string Columns = "-k 2 -c ; -D test_name -D ntuple -D pvalues -D assessment";
        (string output, string errors) = Run($"-g 200 {test} {Columns}", bytes);
        Outcome[] outcomes = output.Split('\n')
            .Select(line => line.Split(';', StringSplitOptions.TrimEntries))
            .Where(fields => fields.Length == 4)
            .Select(fields => new Outcome(stream, fields[0], int.Parse(fields[1]), double.Parse(fields[2], CultureInfo.InvariantCulture), fields[3]))
            .ToArray();
        return outcomes.Length > 0 ? outcomes : throw new InvalidOperationException($"dieharder {test} gave no p-value: {output}{errors}");
    }

    private static (string Output, string Errors) Run(string arguments, IEnumerator<byte[]>? bytes)
    {
        var start = new ProcessStartInfo("dieharder", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            while (bytes is not null && bytes.MoveNext())
            {
                process.StandardInput.BaseStream.Write(bytes.Current);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has read what it needs and closed the pipe: that is how a test on an endless stream ends.
        }

        process.WaitForExit();
        return (output.Result, errors.Result);
    }
}
