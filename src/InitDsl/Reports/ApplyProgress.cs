namespace InitDsl;

/// <summary>How far an apply is.</summary>
/// <param name="Path">The dotted path of the parameter at hand; empty when there is none.</param>
/// <param name="ValuesWritten">The values written so far, of all parameters together. Of a matrix law, whose values come all
/// at once, as many count as the share of its work that is done.</param>
/// <param name="ValuesInAll">The values that will be written.</param>
/// <param name="ParametersWritten">The parameters that are written to their end.</param>
/// <param name="ParametersInAll">The parameters that will be written.</param>
public sealed record ApplyProgress(
    string Path, long ValuesWritten, long ValuesInAll, int ParametersWritten, int ParametersInAll)
{
    /// <summary>The share of the values that is written, from 0 to 1.</summary>
    public double Fraction => ValuesInAll == 0 ? 1 : (double)ValuesWritten / ValuesInAll;
}
