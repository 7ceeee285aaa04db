// A statistical battery on the random streams: dieharder over raw words, neighbouring keys, high counters and the
// values made of them. Takes about an hour of one processor; CI does not run it. README.md tells of the results.
//
//   apt-get install dieharder
//   dotnet run -c Release --project src/InitDsl.Tool -- run scripts/battery/battery.csx [--quick | --all] [--csv FILE] [NAME…]
//
//   NAME          a stream or a group of streams; all of them when none is named
//   --quick       five quick tests on each: shows that it works
//   --all         all tests of dieharder, at all sizes: some 40 minutes a stream
//   --csv FILE    writes every p-value
//
//   … run scripts/battery/battery.csx emit NAME | another-battery
//
// Exits with 1 when a stream of the library fails, or a planted one does not.
#load "streams.csx"
#load "planted.csx"
#load "dieharder.csx"

using Microsoft.Win32.SafeHandles;

TestStream[] known = [.. Streams.OfTheLibrary, .. PlantedStreams.All];
List<string> words = [.. Args];
string[] tests = words.Remove("--all") ? Dieharder.Everything : words.Remove("--quick") ? Dieharder.Quick : Dieharder.Chosen;
string? csv = null;
if (words.IndexOf("--csv") is >= 0 and int at)
{
    if (at + 1 == words.Count)
    {
        return Wrong("--csv needs the name of a file.");
    }

    csv = words[at + 1];
    words.RemoveRange(at, 2);
}

bool emit = words.Remove("emit");
string[] unknown = words.Where(word => !known.Any(stream => stream.Name == word || stream.Group == word)).ToArray();
if (unknown.Length > 0 || (emit && words.Count != 1))
{
    return Wrong(unknown.Length > 0 ? $"There is no stream {string.Join(", ", unknown)}." : "emit needs the name of one stream.");
}

TestStream[] chosen = known.Where(stream => words.Count == 0 || words.Contains(stream.Name) || words.Contains(stream.Group)).ToArray();
if (emit)
{
    return Emit(chosen[0]);
}

// One processor for the battery: libtorch's part of it, the distribution function, is too small to share.
set_num_threads(1);
CheckPhilox();
Console.WriteLine(
    $"dieharder {Dieharder.Version()}, InitDsl {typeof(StreamKey).Assembly.GetName().Version!.ToString(3)}, .NET {Environment.Version}, "
    + $"{System.Runtime.InteropServices.RuntimeInformation.OSDescription}, {DateTime.UtcNow:yyyy-MM-dd}");
var clock = Stopwatch.StartNew();
var all = new List<Outcome>();
var again = new List<(Outcome First, Outcome Second)>();
foreach (TestStream stream in chosen)
{
    Run(stream);
}

WriteTables();
return chosen.All(stream => stream.Planted == all.Any(outcome => outcome.Stream == stream.Name && outcome.Failed)) ? 0 : 1;

// A weak result comes once in a hundred by chance: it is repeated on the words that follow. A planted stream has shown
// what it is for with its first failure.
void Run(TestStream stream)
{
    using IEnumerator<byte[]> bytes = stream.Bytes().GetEnumerator();
    foreach (string test in tests)
    {
        IReadOnlyList<Outcome> found = Dieharder.Test(stream.Name, bytes, test);
        all.AddRange(found);
        if (stream.Planted && found.Any(outcome => outcome.Failed))
        {
            break;
        }

        if (!stream.Planted && tests != Dieharder.Everything && found.Any(outcome => outcome.Weak))
        {
            IReadOnlyList<Outcome> repeated = Dieharder.Test(stream.Name, bytes, test);
            again.AddRange(found.Zip(repeated).Where(pair => pair.First.Weak));
        }
    }

    Outcome[] own = all.Where(outcome => outcome.Stream == stream.Name).ToArray();
    Console.Error.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {stream.Name,-12} {own.Length} p-values, {own.Count(o => o.Weak)} weak, {own.Count(o => o.Failed)} failed");
}

void WriteTables()
{
    Outcome[] ours = all.Where(outcome => !known.Single(stream => stream.Name == outcome.Stream).Planted).ToArray();
    if (ours.Length > 0)
    {
        Console.WriteLine("\n| stream | made of | p-values | passed | weak | expected weak | failed | smallest p | largest p |\n| --- | --- | --: | --: | --: | --: | --: | --: | --: |");
        foreach (TestStream stream in chosen.Where(stream => !stream.Planted))
        {
            Console.WriteLine($"| `{stream.Name}` | {stream.What} | {Counts(ours.Where(outcome => outcome.Stream == stream.Name).ToArray())} |");
        }

        Console.WriteLine($"| all | | {Counts(ours)} |");
        Console.WriteLine("\n| test | p-values | passed | weak | expected weak | failed | smallest p | largest p |\n| --- | --: | --: | --: | --: | --: | --: | --: |");
        foreach (IGrouping<string, Outcome> test in ours.GroupBy(outcome => outcome.Test))
        {
            Console.WriteLine($"| {test.Key} | {Counts(test.ToArray())} |");
        }
    }

    if (again.Count > 0)
    {
        Console.WriteLine("\n| weak | test | n | p | p on the words that follow |\n| --- | --- | --: | --: | --: |");
        foreach ((Outcome first, Outcome second) in again)
        {
            Console.WriteLine(FormattableString.Invariant($"| `{first.Stream}` | {first.Test} | {first.Ntuple} | {first.P:F5} | {second.P:F5} |"));
        }
    }

    if (chosen.Any(stream => stream.Planted))
    {
        Console.WriteLine("\n| planted | made of | verdict |\n| --- | --- | --- |");
        foreach (TestStream stream in chosen.Where(stream => stream.Planted))
        {
            Outcome? failed = all.FirstOrDefault(outcome => outcome.Stream == stream.Name && outcome.Failed);
            Console.WriteLine($"| `{stream.Name}` | {stream.What} | {(failed is null ? "NOT FOUND OUT" : $"failed by {failed.Test}")} |");
        }
    }

    if (csv is not null)
    {
        File.WriteAllLines(csv, all.Select(o => FormattableString.Invariant($"{o.Stream},{o.Test},{o.Ntuple},{o.P:F8},{o.Assessment}"))
            .Prepend("stream,test,ntuple,p,assessment"));
    }
}

// dieharder calls p below 0.005 or above 0.995 weak, below 0.000001 or above 0.999999 failed.
string Counts(Outcome[] outcomes) => FormattableString.Invariant(
    $"{outcomes.Length} | {outcomes.Count(o => !o.Weak && !o.Failed)} | {outcomes.Count(o => o.Weak)} | {outcomes.Length * 0.01:F1} | {outcomes.Count(o => o.Failed)} | {outcomes.Min(o => o.P):F4} | {outcomes.Max(o => o.P):F4}");

// The planted Philox is the library's but for its rounds: what fails it is what it lacks.
static void CheckPhilox()
{
    var expected = new uint[4];
    var found = new uint[4];
    StreamKey key = StreamKey.Of(42, "fc.weight");
    foreach (long block in new[] { 0L, 7, 1L << 32, (1L << 60) + 3 })
    {
        key.FillWords(4 * block, expected);
        PlantedStreams.Philox(key.Value, block, 10, found);
        if (!found.SequenceEqual(expected))
        {
            throw new InvalidOperationException($"Block {block} of {key} is not Philox4x32-10's.");
        }
    }
}

static int Emit(TestStream stream)
{
    // Not Console's stream, which goes on for ever when nobody reads any more.
    using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
    try
    {
        foreach (byte[] piece in stream.Bytes())
        {
            output.Write(piece);
        }
    }
    catch (IOException)
    {
        // The reader has had enough.
    }

    return 0;
}

int Wrong(string message)
{
    Console.Error.WriteLine($"{message}\nStreams:");
    foreach (TestStream stream in known)
    {
        Console.Error.WriteLine($"  {stream.Name,-12} {stream.Group,-14} {stream.What}");
    }

    return 2;
}
