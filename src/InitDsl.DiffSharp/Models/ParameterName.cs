using System.Globalization;
using DiffSharp.Model;

namespace InitDsl;

/// <summary>What DiffSharp's parameters are called, and what that says of them.</summary>
internal static class ParameterName
{
    private const string Unnamed = "Parameter-";

    /// <summary>
    /// The names that rules use. DiffSharp's layers begin theirs with the name of their type (<c>Linear-weight</c>,
    /// <c>LSTMCell-weight-ih</c>): without it, and with underscores, they are PyTorch's (<c>weight</c>, <c>weight_ih</c>).
    /// A parameter without a name has a random one: it is called by its index (<c>parameter_0</c>). All others stay.
    /// </summary>
    internal static string[] Plain(Type modelType, string[] registered)
    {
        string[] plain = [.. registered.Select((name, index) => Plain(modelType, name, index))];

        // Two names must not become one: both stay as they were.
        HashSet<string> twice = [.. plain.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key)];
        return [.. plain.Select((name, index) => twice.Contains(name) ? registered[index] : name)];
    }

    /// <summary>By PyTorch's names, and by DiffSharp's, which have hyphens.</summary>
    internal static ParamRole RoleOf(string name) =>
        Is(name, "bias") ? ParamRole.Bias : Is(name, "weight") ? ParamRole.Weight : ParamRole.Other;

    /// <summary>
    /// The names that the weight of a bias may have: <c>weight</c> for <c>bias</c>, and in recurrent layers, where one bias
    /// goes with two weights, <c>weight_ih_l0</c> for <c>bias_l0</c>.
    /// </summary>
    internal static IReadOnlyList<string> WeightsFor(string bias) =>
        [bias.Replace("bias", "weight", StringComparison.Ordinal), bias.Replace("bias", "weight_ih", StringComparison.Ordinal)];

    private static bool Is(string name, string role) =>
        name.StartsWith(role, StringComparison.Ordinal)
        || name.EndsWith("_" + role, StringComparison.Ordinal)
        || name.EndsWith("-" + role, StringComparison.Ordinal);

    private static string Plain(Type modelType, string name, int index)
    {
        if (name.StartsWith(Unnamed, StringComparison.Ordinal) && Guid.TryParseExact(name.AsSpan(Unnamed.Length), "D", out _))
        {
            return "parameter_" + index.ToString(CultureInfo.InvariantCulture);
        }

        for (Type? type = modelType; type is not null && type != typeof(ModelBase); type = type.BaseType)
        {
            string prefix = type.Name + "-";
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return name[prefix.Length..].Replace('-', '_');
            }
        }

        return name;
    }
}
