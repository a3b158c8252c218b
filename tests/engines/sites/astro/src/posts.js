import { getCollection } from 'astro:content'

export const posts = (await getCollection('blog')).filter((post) => !post.data.draft)
