using System.Text.Json;

namespace InitDsl;

/// <summary>
/// The index of a model in several safetensors files, as huggingface/transformers writes it: JSON with a
/// <c>weight_map</c> from tensor names to files in its own folder.
/// </summary>
internal static class SafetensorsIndex
{
    /// <param name="file">The index.</param>
    /// <returns>For each name the file, relative to the index's folder, and the place in the index that says so.</returns>
    /// <exception cref="WeightFileException">The index is malformed, or names files outside its folder.</exception>
    internal static IReadOnlyList<(string Name, string Shard, long Place)> Read(WeightFile file)
    {
        if (file.Length > FileLimits.LongestText)
        {
            throw file.Problem(null, $"an index of {file.Length} bytes is more than the {FileLimits.LongestText} that a header may have", JsonPart.Again);
        }

        byte[] text = new byte[file.Length];
        file.Read(0, text);
        var json = new JsonPart(file, 0, text);
        List<(string Name, string Shard, long Place)>? map = null;
        json.Expect(JsonTokenType.StartObject, "{");
        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            if (json.Text() != "weight_map")
            {
                json.SkipValue();
                continue;
            }

            if (map is not null)
            {
                throw json.Problem("weight_map comes twice");
            }

            map = WeightMap(file, ref json);
        }

        json.Read();
        return map ?? throw file.Problem(0, "the index has no weight_map", "Name an index of safetensors files, or the file itself.");
    }

    private static List<(string Name, string Shard, long Place)> WeightMap(WeightFile file, ref JsonPart json)
    {
        var map = new List<(string Name, string Shard, long Place)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.Expect(JsonTokenType.StartObject, "an object of file names for weight_map");
        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            long place = json.Place;
            string name = TensorNames.Checked(file, place, json.Text());
            TensorNames.Add(names, name, file, place);
            string shard = json.NextText($"the name of a file for {Code.Shown(name)}");
            if (!LiesInFolder(shard))
            {
                throw json.Problem($"{Code.Shown(shard)} is no file in the index's folder or beneath it");
            }

            map.Add((name, shard, place));
        }

        return map;
    }

    /// <summary>The same answer on every system: backslashes and colons are refused where they would be letters too.</summary>
    private static bool LiesInFolder(string shard) =>
        shard.IndexOfAny(['\\', ':']) < 0
        && !shard.Any(char.IsControl)
        && shard.Split('/').All(part => part.Trim(' ', '.').Length > 0);
}
