namespace InitDsl;

public static partial class Dsl
{
    /// <summary>
    /// Values from a file of weights, by name: <c>When&lt;Linear&gt;().Weight(Kaiming) + FromStateDict("gpt2.safetensors", partial: true)</c>.
    /// A rule set like any other: later rules win over it, and it wins over what comes before; <c>.In(scope)</c> keeps it to
    /// a part of the model. It gives values to parameters, frozen ones too, and to persistent buffers, as running statistics.
    /// Values are converted to the parameter's dtype. Rounding is told in the plan; whole numbers are converted only where
    /// nothing is lost. Of a tied parameter one name in the file is enough.
    /// </summary>
    /// <param name="path">
    /// A <c>.safetensors</c> file; the <c>.json</c> index of several of them, as <c>model.safetensors.index.json</c>; with
    /// any other ending a file that TorchSharp's <c>Module.save</c> wrote. It is read when a plan is compiled, which refuses
    /// what is cut off, contradicts itself or has another shape than the parameter; and again when the plan is applied,
    /// which refuses a file that has changed since. Relative paths begin at the current directory, in a rule file at its folder.
    /// </param>
    /// <param name="map">
    /// From a name in the file to the parameter's path in the model, or null to leave the tensor out:
    /// <c>name => name.Replace("transformer.", "")</c>. Without it names are taken as they are. Must depend on its argument
    /// alone.
    /// </param>
    /// <param name="partial">
    /// Whether the file may lack parameters, which then fall to the rules before, or stay as they are. Otherwise a parameter
    /// or buffer that the file lacks is an error, unless a later rule wins it.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty, or holds characters that cannot be printed.</exception>
    public static RuleSet FromStateDict(string path, Func<string, string?>? map = null, bool partial = false) =>
        Rule.Of(new StateDictSource(Checked(path), map, partial));

    /// <summary>What text says with the path alone.</summary>
    [InText(Word = nameof(FromStateDict))]
    internal static Rule StateDict(string path) => Rule.Of(new StateDictSource(Checked(path), null, Partial: false));

    /// <summary>What text says with names.</summary>
    [InText(Word = nameof(FromStateDict))]
    internal static Rule StateDict(string path, bool partial = false) => Rule.Of(new StateDictSource(Checked(path), null, partial));

    /// <summary>No system opens a path with a NUL, and no other control character is in one on purpose.</summary>
    private static string Checked(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length == 0 ? throw new ArgumentException("path must not be empty: write the file's, as \"model.safetensors\".", nameof(path))
            : path.Any(char.IsControl)
            ? throw new ArgumentException($"The path {Code.Shown(path)} holds a character that cannot be printed.", nameof(path))
            : path;
    }
}
