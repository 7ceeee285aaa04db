namespace InitDsl.Tests;

/// <summary>Asks a malformed file of a model, and that the answer is one clear error and an untouched model.</summary>
internal static class Refusing
{
    internal static TestModel Model() => TestModel.Of(TestModel.Linear("fc", 2, 3));

    /// <summary>The one error's message, without the file's path.</summary>
    internal static string Refused(WeightFolder folder, string path)
    {
        TestModel model = Model();
        var refused = Assert.Throws<InitException>(() => model.Initialize(When<FakeLinear>().Weight(Ones).Bias(Zeros) + FromStateDict(path, partial: true)));
        Assert.All(model.Stores, store => Assert.All(((MemoryStore)store).Bytes, old => Assert.Equal(MemoryStore.OldByte, old)));
        Diagnostic error = Assert.Single(refused.Diagnostics, found => found.Severity == Severity.Error);
        Assert.Equal("INIT013", error.Code);
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Rule: FromStateDict({Code.Quote(path)}, partial: true).", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        return error.Message[(folder.Path.Length + 1)..];
    }

    /// <summary>The same for bytes in a file of that ending.</summary>
    internal static string Refused(string ending, byte[] content)
    {
        using var folder = new WeightFolder();
        return Refused(folder, folder.Write("w" + ending, content));
    }

    /// <summary>Whatever is in a file: a plan or an exception of the library's, and in the latter case an untouched model.</summary>
    internal static bool IsTakenOrRefused(string ending, byte[] content)
    {
        using var folder = new WeightFolder();
        TestModel model = Model();
        try
        {
            model.Initialize(FromStateDict(folder.Write("w" + ending, content), partial: true));
            return true;
        }
        catch (InitException refused)
        {
            return refused.Diagnostics.Any(found => found.Severity == Severity.Error && found.Code is "INIT013" or "INIT001")
                && !refused.Message.ReplaceLineEndings("").Any(char.IsControl)
                && model.Stores.All(store => ((MemoryStore)store).Bytes.All(old => old == MemoryStore.OldByte));
        }
    }
}
