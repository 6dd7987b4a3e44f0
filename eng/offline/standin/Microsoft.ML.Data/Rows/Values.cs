using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

internal delegate void ValueCopier<TValue>(TValue source, ref TValue destination);

/// <summary>How a value is copied so that the copy outlives its row.</summary>
internal static class Values
{
    public static ValueCopier<TValue> CopierOf<TValue>()
    {
        Type type = typeof(TValue);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>))
        {
            return (ValueCopier<TValue>)Generic.Call<Delegate>(VectorCopier<int>, type.GetGenericArguments());
        }
        return (TValue source, ref TValue destination) => destination = source;
    }

    private static Delegate VectorCopier<TItem>() =>
        (ValueCopier<VBuffer<TItem>>)((VBuffer<TItem> source, ref VBuffer<TItem> destination) =>
            source.CopyTo(ref destination));
}
