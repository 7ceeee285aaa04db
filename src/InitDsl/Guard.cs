using System.Numerics;
using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>Checks of one argument, which give it back; of several together see <see cref="ArgumentChecks"/>.</summary>
internal static class Guard
{
    internal static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        new ArgumentChecks().Finite(value, name).Throw();
        return value;
    }

    internal static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        new ArgumentChecks().Positive(value, name).Throw();
        return value;
    }

    internal static T AtLeast<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : IBinaryInteger<T>
    {
        new ArgumentChecks().AtLeast(value, least, name).Throw();
        return value;
    }
}
