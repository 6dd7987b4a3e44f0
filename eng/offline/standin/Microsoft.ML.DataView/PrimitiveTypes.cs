namespace Microsoft.ML.Data;

// Each of these has its instances made once, so equality is identity.

public sealed class TextDataViewType : PrimitiveDataViewType
{
    private TextDataViewType() : base(typeof(ReadOnlyMemory<char>)) { }

    public static TextDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType? other) => other == this;

    public override string ToString() => "String";
}

public sealed class BooleanDataViewType : PrimitiveDataViewType
{
    private BooleanDataViewType() : base(typeof(bool)) { }

    public static BooleanDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType? other) => other == this;

    public override string ToString() => "Boolean";
}

public sealed class RowIdDataViewType : PrimitiveDataViewType
{
    private RowIdDataViewType() : base(typeof(DataViewRowId)) { }

    public static RowIdDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType? other) => other == this;

    public override string ToString() => "DataViewRowId";
}

public sealed class DateTimeDataViewType : PrimitiveDataViewType
{
    private DateTimeDataViewType() : base(typeof(DateTime)) { }

    public static DateTimeDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType? other) => other == this;

    public override string ToString() => "DateTime";
}

public sealed class DateTimeOffsetDataViewType : PrimitiveDataViewType
{
    private DateTimeOffsetDataViewType() : base(typeof(DateTimeOffset)) { }

    public static DateTimeOffsetDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType? other) => other == this;

    public override string ToString() => "DateTimeOffset";
}

public sealed class TimeSpanDataViewType : PrimitiveDataViewType
{
    private TimeSpanDataViewType() : base(typeof(TimeSpan)) { }

    public static TimeSpanDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType? other) => other == this;

    public override string ToString() => "TimeSpan";
}
