using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.StandIn;

/// <summary>Makes a model's input of a column's current value. A scalar is fed with the shape [1, 1].</summary>
internal static class OnnxFeed
{
    public static Func<NamedOnnxValue> Make(OnnxTensor tensor, DataViewRow row, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType
            ? Generic.Call<Func<NamedOnnxValue>>(Vector<int>, [tensor.Item.RawType], tensor, row, column)
            : Generic.Call<Func<NamedOnnxValue>>(Scalar<int>, [tensor.Item.RawType], tensor, row, column);

    private static Func<NamedOnnxValue> Scalar<TItem>(OnnxTensor tensor, DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<TItem>(column);
        return () =>
        {
            TItem value = default!;
            getter(ref value);
            return Create(tensor.Name, [value], [1, 1]);
        };
    }

    private static Func<NamedOnnxValue> Vector<TItem>(OnnxTensor tensor, DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<TItem>>(column);
        int unknown = column.Type is VectorDataViewType { IsKnownSize: true } ? -1 : Array.IndexOf(tensor.Shape, 0);
        int known = tensor.Shape.Where(d => d > 0).Aggregate(1, (a, b) => a * b);
        VBuffer<TItem> value = default;
        return () =>
        {
            getter(ref value);
            int[] shape = [.. tensor.Shape];
            if (unknown >= 0)
            {
                shape[unknown] = value.Length / known;
            }

            var items = new TItem[value.Length];
            value.CopyTo(items);
            return Create(tensor.Name, items, shape);
        };
    }

    private static NamedOnnxValue Create<TItem>(string name, TItem[] items, int[] shape) =>
        items is ReadOnlyMemory<char>[] texts
            ? NamedOnnxValue.CreateFromTensor(
                name, new DenseTensor<string>(Array.ConvertAll(texts, t => t.ToString()), shape))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<TItem>(items, shape));
}
