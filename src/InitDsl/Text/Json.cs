using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InitDsl;

/// <summary>Single values as JSON writes them.</summary>
internal static class Json
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a text has a JSON form: one with half of a surrogate pair has none.</summary>
    internal static bool CanHold(string text)
    {
        try
        {
            return Strict.GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Readable: only what JSON itself must have escaped is.</summary>
    internal static string String(string text) => $"\"{JsonEncodedText.Encode(CanHold(text) ? text : "", JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>An object in one line; members without a value are left out.</summary>
    internal static string Object(IEnumerable<(string Name, string? Value)> members) =>
        $"{{ {string.Join(", ", members.Where(member => member.Value is not null).Select(member => $"{String(member.Name)}: {member.Value}"))} }}";

    /// <summary>Every digit that tells a double from its neighbours; an infinity, which JSON has not, as a text.</summary>
    internal static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : $"\"{value.ToString(CultureInfo.InvariantCulture)}\"";
}
