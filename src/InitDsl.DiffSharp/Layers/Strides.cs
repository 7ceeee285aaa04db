using System.Reflection;
using DiffSharp.Model;
using Microsoft.FSharp.Core;

namespace InitDsl;

/// <summary>
/// The strides of transposed convolutions. DiffSharp has no member that tells them: they are the arguments of the
/// constructor, which F# keeps in fields of their names.
/// </summary>
internal static class Strides
{
    /// <summary>Over all axes of the kernel.</summary>
    /// <exception cref="NotSupportedException">This build of DiffSharp keeps its strides elsewhere.</exception>
    internal static long Product(ModelBase model) => model switch
    {
        ConvTranspose1d => One(model, typeof(ConvTranspose1d)),
        ConvTranspose2d => Each(model, typeof(ConvTranspose2d), 2),
        ConvTranspose3d => Each(model, typeof(ConvTranspose3d), 3),
        _ => 1,
    };

    private static long Each(ModelBase model, Type type, int axes) =>
        Argument<FSharpOption<IEnumerable<int>>>(model, type, "strides") is { } each
            ? each.Value.Aggregate(1L, (product, stride) => product * stride)
            : Enumerable.Repeat(One(model, type), axes).Aggregate(1L, (product, stride) => product * stride);

    private static long One(ModelBase model, Type type) => Argument<FSharpOption<int>>(model, type, "stride") is { } stride ? stride.Value : 1;

    /// <summary>An optional argument of the constructor; null where none was given, as F# has it.</summary>
    private static T? Argument<T>(ModelBase model, Type type, string name)
        where T : class
    {
        FieldInfo field = type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new NotSupportedException(
                $"The {type.Name} of this DiffSharp ({type.Assembly.GetName().Version}) does not keep its {name} where version 1.0.7 does, so that its "
                + "fans cannot be counted.");
        return (T?)field.GetValue(model);
    }
}
