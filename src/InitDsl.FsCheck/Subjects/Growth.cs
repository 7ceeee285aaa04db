namespace InitDsl;

/// <summary>By how much the mean square grows through layers.</summary>
/// <param name="Forward">Of the values: outputs over inputs.</param>
/// <param name="Backward">Of the gradients: inputs over outputs; NaN where inputs are whole numbers.</param>
/// <param name="Inputs">The input's shape.</param>
/// <param name="Outputs">The output's shape.</param>
internal readonly record struct Growth(double Forward, double Backward, Shape Inputs, Shape Outputs)
{
    /// <summary>
    /// How many outputs there are for an input. The layers' derivatives, squared and added up, are what both directions grow by, once
    /// divided by the outputs and once by the inputs: backward is forward times this, as far as layers are linear.
    /// </summary>
    internal double Widening => (double)Outputs.Elements / Inputs.Elements;
}
