using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>Checks of arguments that the framework has no helper for.</summary>
internal static class Guard
{
    internal static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number.");

    internal static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Finite(value, name) >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative.");
}
