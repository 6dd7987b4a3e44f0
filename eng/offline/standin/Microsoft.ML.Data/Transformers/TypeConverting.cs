using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(string outputColumnName, string? inputColumnName, DataKind outputKind)
        : base(new TypeConvertingTransformer(outputColumnName, inputColumnName, outputKind)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column input = Find(inputSchema, Transformer.InputColumn);
        if (input.ItemType is not NumberDataViewType || input.IsKey)
        {
            throw Guard.WrongColumn(input.Name, "a number", input.TypeText);
        }

        return inputSchema.With([new(Transformer.OutputColumn, input.Kind, Transformer.Item, isKey: false)]);
    }
}

/// <summary>Converts numbers, alone or in vectors, to single or double precision.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    private readonly DataKind _kind;

    internal TypeConvertingTransformer(string outputColumnName, string? inputColumnName, DataKind kind)
        : base(outputColumnName, inputColumnName)
    {
        Guard.Argument(kind is DataKind.Single or DataKind.Double, nameof(kind),
            "The offline stand-in converts to Single and Double only.");
        _kind = kind;
    }

    internal NumberDataViewType Item =>
        _kind == DataKind.Single ? NumberDataViewType.Single : NumberDataViewType.Double;

    private protected override DataViewType OutputType(DataViewSchema.Column input) => input.Type switch
    {
        NumberDataViewType => Item,
        VectorDataViewType { ItemType: NumberDataViewType } vector => new VectorDataViewType(Item, vector.Dimensions),
        _ => throw Guard.WrongColumn(input.Name, "a number or a vector of numbers", input.Type),
    };

    private protected override Delegate MakeGetter(
        DataViewRow input, DataViewSchema.Column column, out Action? disposer)
    {
        disposer = null;
        var vector = column.Type as VectorDataViewType;
        Type item = vector is null ? column.Type.RawType : vector.ItemType.RawType;
        return Generic.Call<Delegate>(
            vector is null ? Scalar<int, float> : Vector<int, float>, [item, Item.RawType], input, column);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        SaveColumns(context);
        context.Writer.Write((byte)_kind);
    }

    private static Delegate Scalar<TIn, TOut>(DataViewRow input, DataViewSchema.Column column)
        where TIn : INumberBase<TIn>
        where TOut : INumberBase<TOut>
    {
        var getter = input.GetGetter<TIn>(column);
        TIn number = TIn.Zero;
        return (ValueGetter<TOut>)((ref TOut value) =>
        {
            getter(ref number);
            value = TOut.CreateSaturating(number);
        });
    }

    private static Delegate Vector<TIn, TOut>(DataViewRow input, DataViewSchema.Column column)
        where TIn : INumberBase<TIn>
        where TOut : INumberBase<TOut>
    {
        var getter = input.GetGetter<VBuffer<TIn>>(column);
        VBuffer<TIn> numbers = default;
        VBuffer<TIn> dense = default;
        return (ValueGetter<VBuffer<TOut>>)((ref VBuffer<TOut> value) =>
        {
            getter(ref numbers);
            numbers.CopyToDense(ref dense);
            var editor = VBufferEditor.Create(ref value, dense.Length);
            ReadOnlySpan<TIn> source = dense.GetValues();
            for (int i = 0; i < source.Length; i++)
            {
                editor.Values[i] = TOut.CreateSaturating(source[i]);
            }

            value = editor.Commit();
        });
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context) =>
            new TypeConvertingTransformer(
                context.Reader.ReadString(), context.Reader.ReadString(), (DataKind)context.Reader.ReadByte());
    }
}
