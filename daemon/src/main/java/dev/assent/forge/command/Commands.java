package dev.assent.forge.command;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Finds the commands of a comment. What the comment merely shows (code, quotations, lists, tables,
/// headings, HTML, links, what is struck out) is not said, and so not done.
public final class Commands {

    /// What forges allow is about as much.
    private static final int LONGEST_COMMENT = 65_536;

    private static final int LONGEST_LINE = 1_000;
    private static final int MOST = 10;
    private static final String ADDRESS = "/assent";
    private static final Pattern ADDRESSED = Pattern.compile(ADDRESS + "([ \\t].*)?");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    /// GitLab's way to quote several lines.
    private static final Pattern QUOTATION_FENCE = Pattern.compile(" {0,3}>>>\\s*");

    private static final Parser PARSER =
            Parser.builder()
                    .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                    .build();

    private Commands() {}

    /// The commands of a comment in their order, ten at most.
    public static List<Command> in(String markdown) {
        if (markdown.length() > LONGEST_COMMENT || !markdown.contains(ADDRESS)) return List.of();
        var lines = LINE_END.split(markdown, -1);
        var quoted = quoted(lines);
        var html = new OpenTags();
        var commands = new ArrayList<Command>();
        for (var block = PARSER.parse(markdown).getFirstChild();
                block != null;
                block = block.getNext()) {
            if (block instanceof HtmlBlock written) html.read(written.getLiteral());
            if (!(block instanceof Paragraph paragraph) || html.isInside()) continue;
            if (has(paragraph, HtmlInline.class)) continue;
            said(paragraph).stream()
                    .filter(it -> !quoted.get(it))
                    .map(it -> lines[it].strip())
                    .filter(it -> it.length() <= LONGEST_LINE && ADDRESSED.matcher(it).matches())
                    .map(CommandLine::read)
                    .forEach(commands::add);
        }
        return commands.stream().limit(MOST).toList();
    }

    /// The lines that stand between two fences.
    private static BitSet quoted(String[] lines) {
        var quoted = new BitSet();
        var from = -1;
        for (var i = 0; i < lines.length; i++) {
            if (!QUOTATION_FENCE.matcher(lines[i]).matches()) continue;
            if (from >= 0) quoted.set(from, i);
            from = from >= 0 ? -1 : i;
        }
        return quoted;
    }

    /// The lines of a paragraph that begin with plain text. A line that begins within emphasis, a
    /// link or code is part of that.
    private static List<Integer> said(Paragraph paragraph) {
        var lines = new ArrayList<Integer>();
        var begins = true;
        for (var it = paragraph.getFirstChild(); it != null; it = it.getNext()) {
            if (begins) line(it).ifPresent(lines::add);
            begins = it instanceof SoftLineBreak || it instanceof HardLineBreak;
        }
        return lines;
    }

    private static Optional<Integer> line(Node node) {
        return node instanceof Text text
                        && text.getLiteral().startsWith(ADDRESS)
                        && !text.getSourceSpans().isEmpty()
                ? Optional.of(text.getSourceSpans().getFirst().getLineIndex())
                : Optional.empty();
    }

    private static boolean has(Node node, Class<? extends Node> kind) {
        for (var it = node.getFirstChild(); it != null; it = it.getNext()) {
            if (kind.isInstance(it) || has(it, kind)) return true;
        }
        return false;
    }
}
