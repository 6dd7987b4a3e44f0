using Google.Protobuf;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// The beginning of a protobuf message whose last field is written by somebody else: so a message can hold more than
/// fits in memory. (The order of fields in a message is free.)
/// </summary>
internal static class SplicedMessage
{
    /// <summary>The bytes of a message up to the value of its last field.</summary>
    /// <param name="message">The message without that field.</param>
    /// <param name="field">Number of the field, a length-delimited one.</param>
    /// <param name="length">Bytes of its value.</param>
    public static byte[] Open(IMessage message, int field, long length)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            message.WriteTo(output);
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteUInt64((ulong)length);
        }

        return bytes.ToArray();
    }

    /// <summary>The same, where the value is a message that was itself opened.</summary>
    /// <param name="message">The message without that field.</param>
    /// <param name="field">Number of the field.</param>
    /// <param name="inner">The opened message in it.</param>
    /// <param name="rest">Bytes that follow to end the inner message.</param>
    public static byte[] Open(IMessage message, int field, byte[] inner, long rest) =>
        [.. Open(message, field, inner.Length + rest), .. inner];
}
