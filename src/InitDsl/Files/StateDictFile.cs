namespace InitDsl;

/// <summary>Tensors by name, out of one file or of several that an index names. Open until it is disposed of.</summary>
internal sealed class StateDictFile : IDisposable
{
    private readonly List<IDisposable> leases = [];

    private StateDictFile()
    {
    }

    /// <summary>The tensors, in the order of the file or the index.</summary>
    internal IReadOnlyList<FileTensor> Tensors { get; private set; } = [];

    /// <summary>The names of tensors that lie in files of the index and that the index does not name.</summary>
    internal IReadOnlyList<string> Unlisted { get; private set; } = [];

    /// <summary>What is wrong, one entry a file; then there are no tensors.</summary>
    internal IReadOnlyList<WeightFileException> Problems { get; private set; } = [];

    /// <summary>Opens a file: an index by its ending .json, safetensors by .safetensors, all others as TorchSharp's.</summary>
    internal static StateDictFile Open(StateDictSource source)
    {
        var opened = new StateDictFile();
        try
        {
            opened.Load(Path.GetFullPath(source.Location), source.Advice);
        }
        catch (WeightFileException problem)
        {
            opened.Problems = [problem];
        }

        return opened;
    }

    public void Dispose()
    {
        leases.ForEach(lease => lease.Dispose());
        leases.Clear();
    }

    private void Load(string path, string advice)
    {
        WeightFile file = Hold(path, advice);
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            LoadShards(file);
        }
        else
        {
            Tensors = path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? SafetensorsFile.Read(file) : TorchSharpFile.Read(file);
        }
    }

    /// <summary>All files of an index, with everything that is wrong with any of them.</summary>
    private void LoadShards(WeightFile index)
    {
        IReadOnlyList<(string Name, string Shard, long Place)> entries = SafetensorsIndex.Read(index);
        string folder = Path.GetDirectoryName(index.Path)!;
        var problems = new List<WeightFileException>();
        var shards = new Dictionary<string, Dictionary<string, FileTensor>>(StringComparer.Ordinal);
        foreach ((string name, string shard, long place) in entries.DistinctBy(entry => entry.Shard, StringComparer.Ordinal))
        {
            string advice = FormattableString.Invariant($"Byte {place} of {index.Name} says that {Code.Shown(name)} lies there: copy it there, or copy all files again.");
            try
            {
                shards[shard] = SafetensorsFile.Read(Hold(Path.Combine(folder, shard), advice)).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
            }
            catch (WeightFileException problem)
            {
                problems.Add(problem);
            }
        }

        var tensors = new List<FileTensor>();
        var listed = new HashSet<FileTensor>(ReferenceEqualityComparer.Instance);
        foreach ((string name, string shard, long place) in entries.Where(entry => shards.ContainsKey(entry.Shard)))
        {
            if (shards[shard].TryGetValue(name, out FileTensor? tensor))
            {
                tensors.Add(tensor);
                listed.Add(tensor);
            }
            else
            {
                problems.Add(index.Problem(place, $"{Code.Shown(name)} is said to lie in {shard}, which does not hold it", JsonPart.Again));
            }
        }

        Problems = problems;
        Tensors = problems.Count == 0 ? tensors : [];
        Unlisted = [.. shards.Values.SelectMany(shard => shard.Values).Where(tensor => !listed.Contains(tensor)).Select(tensor => tensor.Name)];
    }

    private WeightFile Hold(string path, string advice)
    {
        var file = new WeightFile(path, advice);
        leases.Add(file.Lease());
        return file;
    }
}
