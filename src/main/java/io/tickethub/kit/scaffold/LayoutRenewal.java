package io.tickethub.kit.scaffold;

import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.scaffold.SchemaText.Kept;
import io.tickethub.kit.scaffold.sample.CodeValues;
import io.tickethub.kit.scaffold.sample.FieldNames;
import io.tickethub.kit.scaffold.sample.KnownColumns;
import io.tickethub.kit.scaffold.sample.Placements;
import io.tickethub.kit.scaffold.sample.SampleFile;
import io.tickethub.kit.scaffold.sample.SampleReader;
import io.tickethub.kit.scaffold.sample.Samples;
import io.tickethub.kit.scaffold.sample.Shape;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.FixedWidthLayout;
import io.tickethub.mapping.SchemaFiles;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the column layout of files again. What the present layout says is kept where the files
 * agree: names that no header says, widths, what is required, the key.
 */
final class LayoutRenewal {

  private final Path layout;
  private final Charset charset;

  /** {@code layout} may be no file yet. */
  LayoutRenewal(Path layout, Charset charset) {
    this.layout = layout;
    this.charset = charset;
  }

  String delimited(List<SampleFile> files) {
    if (!Files.exists(layout)) {
      return text(
          files, Shape.DELIMITED, new KnownColumns(charset, List.of(), List.of()), Kept.NOTHING);
    }
    ColumnLayout present = SchemaFiles.columns(layout);
    List<String> names = present.columns().stream().map(ColumnLayout.Column::name).toList();
    Kept kept =
        new Kept(
            present.columns().stream()
                .filter(ColumnLayout.Column::required)
                .map(ColumnLayout.Column::name)
                .collect(Collectors.toSet()),
            present.key(),
            present.stripSpaces());
    return text(files, Shape.DELIMITED, new KnownColumns(charset, names, List.of()), kept);
  }

  String fixedWidths(List<SampleFile> files) {
    if (!Files.exists(layout)) {
      return text(
          files, Shape.FIXED_WIDTH, new KnownColumns(charset, List.of(), List.of()), Kept.NOTHING);
    }
    FixedWidthLayout present = SchemaFiles.fixedWidths(layout);
    Kept kept =
        new Kept(
            present.columns().stream()
                .filter(FixedWidthLayout.FixedColumn::required)
                .map(FixedWidthLayout.FixedColumn::name)
                .collect(Collectors.toSet()),
            present.key(),
            false);
    KnownColumns known =
        new KnownColumns(
            charset,
            present.columns().stream().map(FixedWidthLayout.FixedColumn::name).toList(),
            present.columns());
    return text(files, Shape.FIXED_WIDTH, known, kept);
  }

  private String text(List<SampleFile> files, Shape wanted, KnownColumns known, Kept kept) {
    if (files.isEmpty()) {
      throw new DefinitionException(
          layout + ": there is nothing to infer it from; name files, or add examples");
    }
    FieldNames names = FieldNames.shipped();
    Samples samples = new SampleReader(names, known).read(files);
    if (samples.shape().value() != wanted) {
      throw new DefinitionException(
          "%s: the messages look like %s, not %s (%.2f: %s); correct the channel's 'format'"
              .formatted(
                  layout,
                  samples.shape().value().title(),
                  wanted.title(),
                  samples.shape().confidence(),
                  samples.shape().reason()));
    }
    Placements placements = Placements.of(samples.fields(), names, CodeValues.shipped());
    return SchemaText.columns(
        Proposal.of(samples, placements, true), samples.table().orElseThrow(), kept);
  }
}
