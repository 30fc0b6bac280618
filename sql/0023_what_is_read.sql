-- Most of what X sends with a post is others' data, which nobody reads.
comment on table replies is 'What X delivered. Rows are never updated; they are deleted after KEEP_TEXT_DAYS. Posts of up to 8 kB stay as they are: to compress them costs time, and they are soon gone.';
comment on column replies.body is 'The post, as far as it is read, under the names that X has for its fields; what is no post as we know them, as X wrote it. JSON on one line. Text, because it may hold \u0000 and lone surrogates, which PostgreSQL''s JSON refuses in one way or another.';
