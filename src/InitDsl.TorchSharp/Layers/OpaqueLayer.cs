using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Multi-head attention and transformers show no children: their parameters have dotted names instead, and what
/// layer each belongs to follows from the name.
/// </summary>
internal static class OpaqueLayer
{
    internal static bool Is(nn.Module module) =>
        module is MultiheadAttention or TransformerEncoderLayer or TransformerDecoderLayer
            or TransformerEncoder or TransformerDecoder or Transformer;

    /// <summary>Splits <c>layers.0.self_attn.in_proj_weight</c> before its last word.</summary>
    internal static (string InnerPath, string Name) Split(string qualifiedName)
    {
        int dot = qualifiedName.LastIndexOf('.');
        return dot < 0 ? ("", qualifiedName) : (qualifiedName[..dot], qualifiedName[(dot + 1)..]);
    }

    /// <summary>The layer inside an opaque module that a parameter belongs to.</summary>
    internal static Layer Of(string innerPath, string name)
    {
        string inner = innerPath[(innerPath.LastIndexOf('.') + 1)..];
        return inner switch
        {
            "out_proj" => new(LayerKind.AttentionOutput, FanAxes.OutIn),
            _ when inner.StartsWith("linear", StringComparison.Ordinal) => Layer.Linear,
            _ when inner.StartsWith("norm", StringComparison.Ordinal) => Layer.Normalization,
            "" or "self_attn" or "multihead_attn" when name.StartsWith("in_proj_", StringComparison.Ordinal) =>
                new(LayerKind.Attention, FanAxes.Stacked(3), 3),
            "" or "self_attn" or "multihead_attn" => new(LayerKind.Attention, FanAxes.OutIn),
            _ => new(LayerKind.Other, FanAxes.OutIn),
        };
    }

    /// <summary>
    /// Whether TorchSharp draws this parameter once and copies it into every layer: all of them in a
    /// TransformerEncoder or TransformerDecoder; in a Transformer, which draws the matrices again, the biases of
    /// its linear layers.
    /// </summary>
    internal static bool StartsLikeItsSiblings(nn.Module module, string qualifiedName, Func<string, bool> exists)
    {
        (string inner, string name) = Split(qualifiedName);
        LayerKind kind = Of(inner, name).Kind;
        bool weight = ParamRoles.Of(name) == ParamRole.Weight;
        bool copied = module switch
        {
            TransformerEncoder or TransformerDecoder =>
                kind == LayerKind.Linear || (weight && kind is LayerKind.Attention or LayerKind.AttentionOutput),
            Transformer => kind == LayerKind.Linear && !weight,
            _ => false,
        };
        return copied && Sibling(qualifiedName) is { } sibling && exists(sibling);
    }

    /// <summary>The same parameter in another layer: of <c>layers.0.x</c> it is <c>layers.1.x</c>, of the others <c>layers.0.x</c>.</summary>
    private static string? Sibling(string qualifiedName)
    {
        string[] words = qualifiedName.Split('.');
        int at = Array.IndexOf(words, "layers") + 1;
        if (at == 0 || at >= words.Length || !int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out int layer))
        {
            return null;
        }

        words[at] = layer == 0 ? "1" : "0";
        return string.Join('.', words);
    }
}
