namespace InitDsl;

/// <summary>The fan-in and fan-out of one layer.</summary>
/// <param name="In">How many inputs feed one output.</param>
/// <param name="Out">How many outputs one input feeds.</param>
public readonly record struct FanCount(double In, double Out);
