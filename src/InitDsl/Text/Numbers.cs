using System.Globalization;

namespace InitDsl;

/// <summary>Numbers as a person reads them in a table.</summary>
internal static class Numbers
{
    /// <summary>Four significant digits.</summary>
    internal static string Short(double value) => value switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        0 => "0",   // the negative one too
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>Four significant digits of a law's number, "?" where it is unknown.</summary>
    internal static string Known(double value) => double.IsNaN(value) ? "?" : Short(value);

    /// <summary>Six significant digits, as in rules and laws.</summary>
    internal static string Six(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Nine significant digits, which tell neighbouring float32 values apart.</summary>
    internal static string Nine(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    /// <summary>Whole numbers in full, others with six significant digits: fans.</summary>
    internal static string Plain(double value) => value.ToString(double.IsInteger(value) ? "F0" : "G6", CultureInfo.InvariantCulture);

    /// <summary>With thousands separated: <c>124,439,808</c>.</summary>
    internal static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
