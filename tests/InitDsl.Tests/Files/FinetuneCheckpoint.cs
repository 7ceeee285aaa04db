using static InitDsl.Tests.WeightFiles;

namespace InitDsl.Tests;

/// <summary>
/// Makes the small checkpoint in two shards that scripts/finetune holds: a network that was "trained" to tell ten classes.
/// The numbers are fractions of 2³², the same on every machine.
/// </summary>
internal static class FinetuneCheckpoint
{
    internal const string IndexName = "model.safetensors.index.json";
    internal const string First = "model-00001-of-00002.safetensors";
    internal const string Second = "model-00002-of-00002.safetensors";

    /// <summary>The files by name.</summary>
    internal static IReadOnlyDictionary<string, byte[]> Files()
    {
        Written[] first =
        [
            Floats("backbone.fc1.weight", 0.4, 0, 16, 8), Floats("backbone.fc1.bias", 0.1, 0, 16),
            Floats("backbone.norm.weight", 0.2, 1, 16), Floats("backbone.norm.bias", 0.1, 0, 16),
            Floats("backbone.norm.running_mean", 0.3, 0, 16), Floats("backbone.norm.running_var", 0.5, 1, 16),
            Written.Of("backbone.norm.num_batches_tracked", "I64", 1000L) with { Shape = [] },
        ];
        Written[] second =
        [
            Halves("backbone.fc2.weight", 0.3, 16, 16), Floats("backbone.fc2.bias", 0.1, 0, 16),
            Floats("head.weight", 0.3, 0, 10, 16), Floats("head.bias", 0.1, 0, 10),
        ];
        (string, string)[] index = [.. first.Select(tensor => (tensor.Name, First)), .. second.Select(tensor => (tensor.Name, Second))];
        return new Dictionary<string, byte[]>
        {
            [First] = Safetensors(first),
            [Second] = Safetensors(second),
            [IndexName] = [.. System.Text.Encoding.UTF8.GetBytes(Index(index)), (byte)'\n'],
        };
    }

    private static Written Floats(string name, double spread, double centre, params long[] shape) =>
        Written.Floats(name, shape, [.. Numbers(name, spread, centre, shape).Select(number => (float)number)]);

    private static Written Halves(string name, double spread, params long[] shape) =>
        Written.Of(name, "BF16", [.. Numbers(name, spread, 0, shape).Select(number => BFloat16Bits.Round((float)number))]) with { Shape = shape };

    private static IEnumerable<double> Numbers(string name, double spread, double centre, long[] shape)
    {
        uint start = name.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
        for (uint i = 0; i < new Shape(shape).Elements; i++)
        {
            uint mixed = unchecked((start + i) * 2654435761u);
            yield return centre + (spread * ((mixed / 4294967296.0) - 0.5));
        }
    }
}
