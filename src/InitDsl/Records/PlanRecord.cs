using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace InitDsl;

/// <summary>
/// A plan as a value, without the model: what every parameter gets, from which rule, law and stream. It can be kept beside
/// a training run as JSON, read again and compared.
/// </summary>
public sealed class PlanRecord
{
    /// <summary>The version of what is hashed.</summary>
    private const string Header = "InitDsl plan 1";

    internal PlanRecord(string model, string source, long seed, IReadOnlyList<ParameterRecord> parameters)
    {
        Model = model;
        Source = source;
        Seed = seed;
        Parameters = parameters;
        Fingerprint = Hash();
    }

    /// <summary>The model's name for people, as its CLR type's.</summary>
    public string Model { get; }

    /// <summary>Where the random numbers come from: <c>Philox</c> or <c>Torch</c>.</summary>
    public string Source { get; }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>The parameters in the order of the model, and after each the rows that have rules of their own.</summary>
    public IReadOnlyList<ParameterRecord> Parameters { get; }

    /// <summary>
    /// SHA-256 in hexadecimal over what decides the values: source, seed, and of every parameter path, shape, dtype, rule,
    /// law, moments and stream. Equal fingerprints mean that <see cref="Diff"/> finds nothing.
    /// </summary>
    /// <remarks>
    /// The same on every machine and in every version that says so: hashed are the fields one after another, each as the
    /// number of its UTF-8 bytes (4 bytes, little endian) and these bytes, a missing one as −1: "InitDsl plan 1", source,
    /// seed; then, for each parameter in the ordinal order of the paths, path, shape, dtype, rule, law, mean, standard
    /// deviation, minimum and maximum (nine significant digits), and stream. The order of the parameters in the model, its
    /// name, and rules that win nothing do not matter; nor does the version of the rule file's format. Values that were
    /// given count by their numbers, those of a file by its name, without the folder, and by their bytes. What a function
    /// does (<c>Where</c>, <c>From</c>, a file's <c>map</c>) is not looked into: only which parameters it got what law for.
    /// </remarks>
    public string Fingerprint { get; }

    /// <summary>Reads a record from the JSON text that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InitTextException">
    /// It is no record, or one that was changed since: everything that is wrong, each with line and column.
    /// </exception>
    public static PlanRecord Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return PlanReader.Read(Encoding.UTF8.GetBytes(json), null);
    }

    /// <summary>Reads a record from a file in UTF-8: see <see cref="Parse"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InitTextException">It is no record: everything that is wrong, each with line and column.</exception>
    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PlanRecord Load(string path) => PlanReader.Read(File.ReadAllBytes(path), path);

    /// <summary>What another plan does differently.</summary>
    /// <param name="other">The later plan.</param>
    public PlanDiff Diff(PlanRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(this, other);
    }

    /// <summary>The record as JSON text, a parameter a line.</summary>
    public string ToJson() => PlanWriter.Write(this);

    /// <summary>Model, seed and fingerprint in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Model}, seed {Seed}, {Fingerprint}");

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        IEnumerable<string?> fields = Parameters.OrderBy(parameter => parameter.Path, StringComparer.Ordinal)
            .SelectMany(parameter => parameter.Fields)
            .Prepend(FormattableString.Invariant($"{Seed}"))
            .Prepend(Source)
            .Prepend(Header);
        foreach (string? field in fields)
        {
            byte[] text = field is null ? [] : Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32LittleEndian(length, field is null ? -1 : text.Length);
            hash.AppendData(length);
            hash.AppendData(text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
