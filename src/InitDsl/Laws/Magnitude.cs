namespace InitDsl;

/// <summary>
/// Powers of two, by which numbers are divided before they are squared: that rounds nothing, and squares of numbers from 1e154
/// on would be infinite, those of 1e-162 and less 0.
/// </summary>
internal static class Magnitude
{
    /// <summary>The power of two just below a number's size; 1 for 0 and for what is not finite.</summary>
    internal static double Of(double value) => value != 0 && double.IsFinite(value) ? Math.ScaleB(1, Math.ILogB(value)) : 1;

    /// <summary>√(a² + b²).</summary>
    internal static double Root(double a, double b)
    {
        double unit = Of(Math.Max(Math.Abs(a), Math.Abs(b)));
        return unit * Math.Sqrt((a / unit * (a / unit)) + (b / unit * (b / unit)));
    }
}
